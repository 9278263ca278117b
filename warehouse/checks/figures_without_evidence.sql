-- Figures whose span does not hold their written form: nothing of the kind may be in the warehouse.
select
    'error' as level,
    metrics.payload_digest as subject,
    'characters ' || span_start || ' to ' || span_end || ' are not ' || written as message
from core.metrics as metrics
left join core.documents as documents using (payload_digest)
where substr(documents.body, span_start + 1, span_end - span_start) is distinct from written
