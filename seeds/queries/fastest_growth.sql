-- 某项指标哪个机构增长最快
-- Who grew most
-- $indicator = 规上工业总产值 -- 指标名称或编号 | name or id of the indicator
-- $year = 2024 -- 年份 | year
select office, growth, growth_written, value, unit, period_end, sentence, growth_document_id, growth_span_start, growth_span_end, url
from mart.indicator_panel
where
    (indicator = $indicator or indicator_id = $indicator)
    and subject is null
    and growth is not null
    and period_start = make_date($year::int, 1, 1)
    and period_end = make_date($year::int, 12, 31)
order by growth desc, office
limit 50
