-- One payload as the document of more than five addresses: more likely a page that says nothing than a report.
select
    'warning' as level,
    payload_digest as subject,
    count(*) || ' documents of ' || any_value(site) || ' have the same bytes, ' || min(url) || ' and others' as message
from mart.documents
where payload_digest is not null
group by payload_digest
having count(*) > 5
