-- Texts with U+FFFD: bytes that no decoding could read.
select
    'warning' as level,
    payload_digest as subject,
    'the text has U+FFFD at character ' || (strpos(body, chr(65533)) - 1) as message
from core.documents
where contains(body, chr(65533)) or contains(title, chr(65533))
