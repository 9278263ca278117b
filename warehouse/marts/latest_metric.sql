-- One value an office, indicator, subject, period, measure, scope and base unit. The choice: an actual figure
-- before an estimate before a plan; then an exact one before 约 and 超; then the document published last, captured
-- last; then the figure that comes first in it. Where no office is known the document stands for it. Names that
-- tell too little to be one thing (mart.unspecific) have no row.
with chosen as (
    select document_id, span_start
    from mart.figures
    anti join mart.unspecific using (document_id, indicator)
    where indicator is not null
    qualify row_number() over (
        partition by
            coalesce(office_key, document_id),
            coalesce(indicator_id, indicator),
            subject,
            period_start,
            period_end,
            measure,
            scope,
            coalesce(unit_base, unit)
        order by
            case status when 'actual' then 0 when 'estimate' then 1 else 2 end,
            qualifier is distinct from 'exact',
            published desc nulls last,
            captured_at desc,
            document_id,
            span_start
    ) = 1
)

select figures.*
from mart.figures as figures
semi join chosen using (document_id, span_start)
