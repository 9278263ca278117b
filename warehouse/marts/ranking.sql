-- Where an office stands among those of its kind that told the same indicator for the same period: first is the
-- highest, or the lowest where seeds/indicators.toml says that down is better. Only canonical indicators of the
-- whole office are compared, in their base unit. A street is held against streets, a district against
-- districts, a department against those of the same name and level (区统计局); who is none of these, a newspaper,
-- is not ranked.
-- A 市 that is itself a district (a 县级市) is of that level.
with told as (
    select
        panel.*,
        indicators.better,
        case
            when regexp_matches(panel.office, '(街道|镇|乡|苏木)(办事处|人民政府|政府)?$') then 'subdistrict'
            when regexp_matches(panel.office, '(省|自治区)(人民政府|政府)?(办公厅)?$') then 'province'
            when regexp_matches(panel.office, '(区|县|旗|管委会)(人民政府|政府)?(办公室)?$') then 'district'
            when regexp_matches(panel.office, '[市州盟](人民政府|政府)?(办公室|办公厅)?$')
                then if(contains(panel.office, panel.district), 'district', 'city')
            else nullif(regexp_extract(panel.office, '(?:自治区|[省市州盟区县旗])(?:[^省市州盟区县旗]|市场|城市)+$'), '')
        end as office_kind,
        if(indicators.better = 'down', panel.value_base, -panel.value_base) as by_level,
        if(indicators.better = 'down', panel.growth, -panel.growth) as by_growth
    from mart.indicator_panel as panel
    inner join core.indicators as indicators using (indicator_id)
    where panel.subject is null and panel.value_base is not null and panel.unit_base = indicators.unit_base
)

select
    indicator_id,
    indicator,
    period_start,
    period_end,
    office_kind,
    office,
    district,
    rank() over (everywhere order by by_level) as place,
    count(*) over everywhere as offices,
    if(district is null, null, rank() over (in_district order by by_level)) as place_in_district,
    if(district is null, null, count(*) over in_district) as offices_in_district,
    if(growth is null, null, rank() over (everywhere order by by_growth nulls last)) as growth_place,
    value,
    unit,
    value_base,
    unit_base,
    growth,
    better,
    qualifier,
    status,
    written,
    sentence,
    document_id,
    title,
    url,
    published,
    captured_at,
    span_start,
    span_end,
    payload_digest,
    office_key
from told
where office_kind is not null
window
    everywhere as (partition by indicator_id, period_start, period_end, office_kind),
    in_district as (partition by indicator_id, period_start, period_end, office_kind, district)
