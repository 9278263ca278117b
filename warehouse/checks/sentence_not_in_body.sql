-- Figures whose sentence is not in the text they were read from.
select
    'error' as level,
    metrics.payload_digest as subject,
    written || ' at ' || span_start || ': its sentence is not in the body' as message
from core.metrics as metrics
inner join core.documents as documents using (payload_digest)
where not contains(documents.body, sentence) or not contains(sentence, written)
