-- 某项指标某年的名次
-- Who stands where in a year
-- $indicator = 规上工业总产值 -- 指标名称或编号 | name or id of the indicator
-- $year = 2024 -- 年份 | year
select office_kind, place, offices, place_in_district, office, district, value, unit, growth as growth_percent, growth_place,
    qualifier, status, written, sentence, url, document_id, span_start, span_end
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
    and period_start = make_date($year::int, 1, 1)
    and period_end = make_date($year::int, 12, 31)
order by office_kind, place, office
limit 200
