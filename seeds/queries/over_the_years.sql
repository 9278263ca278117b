-- 某项指标历年如何变化
-- How an indicator moved over the years, office by office
-- $indicator = 规上工业总产值 -- 指标名称或编号 | name or id of the indicator
-- $office = % -- 机构名称，% 代表任意文字 | office, % stands for anything
select office, year(period_end) as year, value, unit, growth as growth_percent, growth_by_levels as growth_percent_by_levels,
    qualifier, status, written, growth_written, sentence, url, document_id, span_start, span_end,
    growth_url, growth_document_id, growth_span_start, growth_span_end
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
    and office like $office
    and subject is null
    and period_start = make_date(year(period_start), 1, 1)
    and period_end = make_date(year(period_start), 12, 31)
order by office, year, unit
