-- 表格中行名含某字词的各行
-- What stands in the rows of tables that have a word in their head
-- $row = 工业 -- 行名中的字词 | words in the head of the row
select
    office, title, published, row_head, column_head, text, url, document_id, table_no, row_no, column_no, captured_at,
    payload_digest
from mart.cells
where contains(row_head, $row) and text <> ''
order by published desc nulls last, document_id, table_no, row_no, column_no
limit 500
