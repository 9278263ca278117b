-- 名次与上年相比的升降
-- Who rose and who fell in the ranking of an indicator
-- $indicator = 规上工业总产值 -- 指标名称或编号 | name or id of the indicator
with places as (
    select *, year(period_end) as year
    from mart.ranking
    where
        (
            indicator = $indicator
            or indicator_id in (
                select indicator_id from core.indicators where indicator_id = $indicator or list_contains(spellings, $indicator)
                union all
                select indicator_id from mart.metrics where indicator = $indicator
            )
        )
        and period_start = make_date(year(period_start), 1, 1)
        and period_end = make_date(year(period_start), 12, 31)
)

select now.year, now.office, before.place as place_before, now.place, before.place - now.place as places_risen,
    before.offices as offices_before, now.offices, now.office_kind, before.value as value_before, before.unit as unit_before,
    now.value, now.unit, now.written, now.sentence, now.url, now.document_id, now.span_start, now.span_end,
    before.sentence as sentence_before, before.url as url_before, before.document_id as document_id_before,
    before.span_start as span_start_before
from places as now
inner join places as before
    on
        before.office_key = now.office_key
        and before.indicator_id = now.indicator_id
        and before.office_kind = now.office_kind
        and before.year = now.year - 1
order by abs(places_risen) desc, now.year desc, now.office
limit 100
