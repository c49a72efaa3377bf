-- How the shop's systems export what happened: one table a file, with the headers that the shop starter reads.
-- The views `happened_…` hold what happened, in order; `place`, from 0, is the row's place in the file.

CREATE MACRO customer_id(number) AS format('C{:06d}', number + 1);
CREATE MACRO order_name(number) AS '#' || (number + 1001);
CREATE MACRO with_offset(local, ahead) AS strftime(local, '%Y-%m-%d %H:%M:%S ') || format('+{:02d}00', ahead // 3600);
CREATE MACRO in_utc(moment) AS strftime(moment, '%Y-%m-%dT%H:%M:%SZ');
CREATE MACRO euro(cents) AS format('{:.2f}', cents / 100);

-- An order export, Shopify-like, whose times carry their offset.
CREATE TABLE orders AS
SELECT
    order_name(place) AS "Name",
    customer_id(customer) AS "Customer ID",
    with_offset(placed, placed_ahead) AS "Created at",
    with_offset(paid, paid_ahead) AS "Paid at",
    attempts AS "Payment attempts",
    CASE cost_shown WHEN 1 THEN 'true' ELSE 'false' END AS "Shipping cost shown",
    strftime(promised, '%Y-%m-%d') AS "Promised delivery",
    with_offset(shipped, shipped_ahead) AS "Fulfilled at",
    with_offset(delivered, delivered_ahead) AS "Delivered at",
    with_offset(cancelled, cancelled_ahead) AS "Cancelled at",
    CASE WHEN cancelled IS NOT NULL THEN 'inventory' END AS "Cancel reason",
    channel AS "Source",
    euro(total) AS "Total",
    'EUR' AS "Currency",
    place
FROM happened_orders
ORDER BY place;

-- A ticket export, Zendesk-like, in UTC.
CREATE TABLE tickets AS
SELECT
    place + 1 AS "Id",
    customer_id(customer) AS "Requester id",
    in_utc(opened) AS "Created at",
    in_utc(coalesce(solved, replied, opened)) AS "Updated at",
    in_utc(replied) AS "First reply at",
    in_utc(solved) AS "Solved at",
    CASE WHEN solved IS NULL THEN 0 ELSE reopened END AS "Reopens",
    replies AS "Requester comments",
    topic AS "Topic",
    description AS "Description",
    CASE compensated WHEN 1 THEN true WHEN 0 THEN false END AS "Compensated",
    CASE
        WHEN solved IS NULL OR verdict < 0 THEN 'Unoffered'
        WHEN verdict = 1 THEN 'Good'
        ELSE 'Bad'
    END AS "Satisfaction score",
    place
FROM happened_tickets
ORDER BY place;

-- A Dutch review export: local time, dd-mm-yyyy, decimal commas.
CREATE TABLE reviews AS
SELECT
    format('B{:07d}', place + 1) AS "Beoordeling",
    customer_id(customer) AS "Klantnummer",
    order_name("order") AS "Bestelnummer",
    strftime(written, '%d-%m-%Y %H:%M') AS "Geplaatst op",
    replace(format('{:.1f}', half_stars / 2), '.', ',') AS "Sterren",
    nullif(as_described, 0) AS "Klopt met beschrijving",
    'ja' AS "Geverifieerde aankoop",
    comment AS "Tekst",
    place
FROM happened_reviews
ORDER BY place;

-- Answers to short surveys, one row an answer, with typed columns.
CREATE TABLE surveys AS
SELECT
    format('A{:07d}', place + 1) AS response_id,
    customer_id(customer) AS customer_id,
    answered AS answered_at,
    touchpoint,
    asked_for AS question,
    score,
    comment,
    place
FROM happened_surveys
ORDER BY place;

-- A return export, in local time.
CREATE TABLE returns AS
SELECT
    format('R{:06d}', place + 1) AS return_id,
    order_name("order") AS order_id,
    customer_id(customer) AS customer_id,
    strftime(asked, '%Y-%m-%d %H:%M:%S') AS requested_at,
    reason,
    euro(cost) AS cost_charged,
    strftime(due, '%Y-%m-%d') AS refund_due,
    strftime(refunded, '%Y-%m-%d %H:%M:%S') AS refunded_at,
    place
FROM happened_returns
ORDER BY place;

-- The customers' master data: ids, no names.
CREATE TABLE customers AS
SELECT
    customer_id(customer) AS customer_id,
    country,
    strftime(since, '%Y-%m-%d') AS since,
    CASE newsletter WHEN 1 THEN 'yes' ELSE 'no' END AS newsletter,
    place
FROM happened_customers
ORDER BY place;
