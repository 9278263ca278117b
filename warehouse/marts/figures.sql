-- Each figure of the newest version of each document, with whom or what it is about. mart.metrics is this
-- without `subject`; views that hold figures against each other need it.
with newest as (
    select * from mart.versions
    qualify row_number() over (partition by document_id order by version desc) = 1
)

select
    newest.office,
    newest.district,
    metrics.indicator,
    metrics.indicator_id,
    metrics.subject,
    metrics.measure,
    metrics.value,
    metrics.value_max,
    metrics.unit,
    metrics.value_base,
    metrics.unit_base,
    metrics.qualifier,
    metrics.status,
    metrics.period_start,
    metrics.period_end,
    metrics.scope,
    metrics.written,
    metrics.sentence,
    metrics.section,
    newest.document_id,
    newest.title,
    newest.url,
    newest.published,
    newest.captured_at,
    metrics.span_start,
    metrics.span_end,
    metrics.payload_digest,
    metrics.rule
from newest
inner join core.documents as documents using (payload_digest)
inner join core.metrics as metrics using (payload_digest)
where documents.kind in ('article', 'file')
