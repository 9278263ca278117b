-- 某项指标哪个机构增长最快
-- Who grew most
-- $indicator = 规上工业总产值 -- 指标名称或编号 | name or id of the indicator
-- $year = 2024 -- 年份 | year
select
    panel.office, panel.district, panel.growth as growth_percent, growths.qualifier, growths.status, growths.written,
    growths.sentence, growths.title, growths.url, growths.document_id, growths.span_start, growths.span_end,
    panel.value, panel.unit, if(panel.value is null, null, panel.written) as value_written,
    if(panel.value is null, null, panel.document_id) as value_document_id,
    if(panel.value is null, null, panel.span_start) as value_span_start
from mart.indicator_panel as panel
inner join mart.latest_metric as growths
    on growths.document_id = panel.growth_document_id and growths.span_start = panel.growth_span_start
where
    (
        panel.indicator = $indicator
        or panel.indicator_id in (
            select indicator_id from core.indicators where indicator_id = $indicator or list_contains(spellings, $indicator)
            union all
            select indicator_id from mart.metrics where indicator = $indicator
        )
    )
    and panel.subject is null
    and panel.period_start = make_date($year::int, 1, 1)
    and panel.period_end = make_date($year::int, 12, 31)
order by growth_percent desc, panel.office
limit 50
