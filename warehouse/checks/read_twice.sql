-- Payloads with more than one row of core.documents: their figures would count twice.
select
    'error' as level,
    payload_digest as subject,
    'read ' || count(*) || ' times, only once is allowed' as message
from core.documents
group by payload_digest
having count(*) > 1
