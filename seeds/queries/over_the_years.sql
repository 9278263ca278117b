-- 某项指标历年如何变化
-- How an indicator moved over the years, office by office
-- $indicator = 规上工业总产值 -- 指标名称或编号 | name or id of the indicator
-- $office = % -- 机构，可用 % | office, % stands for anything
select office, year(period_end) as year, value, unit, growth, growth_by_levels, written, sentence, url,
    document_id, span_start, span_end
from mart.indicator_panel
where
    (indicator = $indicator or indicator_id = $indicator)
    and office like $office
    and subject is null
    and period_start = make_date(year(period_start), 1, 1)
    and period_end = make_date(year(period_start), 12, 31)
order by office, year
