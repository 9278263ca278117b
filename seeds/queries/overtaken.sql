-- 名次与上年相比的升降
-- Who rose and who fell in the ranking of an indicator
-- $indicator = 规上工业总产值 -- 指标名称或编号 | name or id of the indicator
with places as (
    select *, year(period_end) as year
    from mart.ranking
    where
        (indicator = $indicator or indicator_id = $indicator)
        and period_start = make_date(year(period_start), 1, 1)
        and period_end = make_date(year(period_start), 12, 31)
)

select now.year, now.office, before.place as place_before, now.place, before.place - now.place as risen,
    now.offices, now.written, before.written as written_before, now.sentence, now.url, now.document_id, now.span_start, now.span_end
from places as now
inner join places as before
    on before.office = now.office and before.office_kind = now.office_kind and before.year = now.year - 1
order by abs(risen) desc, now.year desc, now.office
limit 100
