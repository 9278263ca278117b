-- 各机构每年发布多少份文档、多少个数字
-- How many documents and figures each office published in a year
select
    documents.office, year(documents.published) as year, count(distinct documents.document_id) as documents,
    count(metrics.document_id) as figures, count(metrics.indicator_id) as canonical_figures
from mart.documents as documents
left join mart.metrics as metrics using (document_id)
where documents.state in ('held', 'gone')
group by all
order by documents.office, year
limit 500
