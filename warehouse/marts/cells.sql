-- The cells of the tables in the newest version of each document: a row a cell, with what its row and its column
-- are called. A figure that was read in a cell stands in mart.metrics under its place in the text.
select
    documents.office,
    documents.district,
    tables.row_head,
    tables.column_head,
    tables."text",
    documents.document_id,
    documents.title,
    documents.url,
    documents.published,
    documents.captured_at,
    tables.table_no,
    tables.row_no,
    tables.column_no,
    documents.payload_digest
from mart.documents as documents
inner join core.tables as tables using (payload_digest)
