-- Olist's export has one row an item; the blueprint wants one row an order, with the person who ordered.
-- DATA and OUT are set by run.sh. Nothing is left out and nothing is looked up after the fact: `order_status` is not
-- taken along, because it says what became of the order in the end, not when that was known.
COPY (
    WITH parcel AS (
        SELECT order_id, count(*) AS items, count(DISTINCT seller_id) AS sellers, max(shipping_limit_date) AS ship_by
        FROM read_csv(getvariable('data') || '/order_items.csv*')
        GROUP BY order_id
    )
    SELECT
        o.order_id,
        c.customer_unique_id AS customer,
        c.customer_state AS state,
        o.order_purchase_timestamp AS purchased,
        o.order_approved_at AS approved,
        p.ship_by,
        o.order_delivered_carrier_date AS handed_over,
        o.order_delivered_customer_date AS delivered,
        o.order_estimated_delivery_date AS promised,
        p.items,
        p.sellers,
        -- The rules were thought out on one half of the customers and are judged on the other.
        CASE WHEN ('0x' || left(md5(c.customer_unique_id), 4))::INTEGER % 2 = 0 THEN 'develop' ELSE 'judge' END AS half
    FROM read_csv(getvariable('data') || '/orders.csv*') AS o
    JOIN read_csv(getvariable('data') || '/customers.csv*') AS c USING (customer_id)
    LEFT JOIN parcel AS p USING (order_id)
    ORDER BY o.order_id
) TO (getvariable('out') || '/orders.csv') (FORMAT csv, HEADER);
