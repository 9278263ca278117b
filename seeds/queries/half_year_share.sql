-- 上半年完成了全年的多少
-- What share of the year was done by the half-year
-- $indicator = 规上工业总产值 -- 指标名称或编号 | name or id of the indicator
with told as (
    select *, year(period_start) as year, month(period_end) as until
    from mart.indicator_panel
    where
        (
            indicator = $indicator
            or indicator_id in (
                select indicator_id from core.indicators where indicator_id = $indicator or list_contains(spellings, $indicator)
                union all
                select indicator_id from mart.metrics where indicator = $indicator
            )
        )
        and subject is null
        and value_base > 0
        and qualifier not in ('gt', 'lt')
        and period_start = make_date(year(period_start), 1, 1)
        and period_end = last_day(period_end)
        and year(period_end) = year(period_start)
)

select
    full_year.office, full_year.year,
    round(100 * half.value_base::double / full_year.value_base::double, 1)::decimal(9, 1) as percent_by_june,
    half.value as value_by_june, half.unit as unit_by_june, full_year.value, full_year.unit, half.written as written_by_june,
    full_year.written, half.sentence as half_year_sentence, full_year.sentence, half.url as half_year_url, full_year.url,
    half.document_id as half_year_document_id, half.span_start as half_year_span_start,
    full_year.document_id, full_year.span_start
from told as full_year
inner join told as half
    on
        half.office_key = full_year.office_key
        and half.indicator_id is not distinct from full_year.indicator_id
        and half.year = full_year.year
        and half.unit_base = full_year.unit_base
        and half.until = 6
where full_year.until = 12
order by full_year.office, full_year.year
limit 500
