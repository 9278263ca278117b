-- Documents with actual figures of a period of which more than a quarter was still to come on the day of publication.
select
    'warning' as level,
    document_id as subject,
    count(*) || ' actual figures of ' || period_start || ' to ' || period_end || ' in a document of ' || published
    || ', such as ' || first(indicator order by span_start) || ' ' || first(written order by span_start) || ' at '
    || min(span_start) || '; the date, the period or 计划 may be read wrong' as message
from mart.figures
where
    indicator_id is not null
    and status = 'actual'
    and published < period_end - (period_end - period_start + 1)::int // 4
group by document_id, published, period_start, period_end
