-- The extract has no id of a complaint and none of a person: the line's number stands for both. So rows that are equal
-- in every column stay apart, for nothing says that they are one complaint. run.sh sets DATA and OUT.
COPY (
    SELECT
        row_number() OVER () AS complaint,
        strptime("Date received", '%m/%d/%Y')::DATE AS received,
        strptime("Date sent to company", '%m/%d/%Y')::DATE AS sent,
        "Product" AS product,
        "Submitted via" AS via,
        "Company response to consumer" AS response,
        "Timely response?" AS timely,
        "Consumer disputed?" AS disputed
    FROM read_csv(getvariable('data') || '/complaints_disputed.csv*', header = true, all_varchar = true, parallel = false)
) TO (getvariable('out') || '/complaints.csv') (FORMAT csv, HEADER);
