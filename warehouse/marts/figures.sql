-- Each figure of the newest version of each document, with whom or what it is about. mart.metrics is this
-- without `subject`; views that hold figures against each other need it. A subject that only says the office's
-- own place as a whole is left out: 全区 and 我区 where a 区人民政府 or its 统计局 speaks, not where a street does.
-- `office_key` is one for an office however much of its name is printed: 南溪市云溪区松石街道办事处 is 松石街道 of 云溪区;
-- where the district is not known, the name as printed. `rounding` is half a unit of the last digit that is written:
-- 328亿元 may stand for all from 327.5 to 328.5.
with newest as (
    select
        *,
        regexp_extract(office, '^(?:[一-鿿]{2,10}?(?:自治区|街道|[省市州盟区县旗镇乡]))+') as place,
        regexp_extract(place, '(?:街道|.)$') as place_kind,
        regexp_extract_all(place, '[一-鿿]{2,10}?(?:自治区|街道|[省市州盟区县旗镇乡])')[-1] as place_name,
        regexp_replace(substr(office, length(place) + 1), '^(?:办事处|人民政府|政府)$', '') as department,
        coalesce(district || ' ' || place_name || department, office) as office_key,
        if(place_kind = '', [], ['辖区', '全' || place_kind, '我' || place_kind]) as own_subjects
    from mart.versions
    qualify row_number() over (partition by document_id order by version desc) = 1
)

select
    newest.office,
    newest.district,
    metrics.indicator,
    metrics.indicator_id,
    if(list_contains(newest.own_subjects, metrics.subject), null, metrics.subject) as subject,
    metrics.measure,
    metrics.value,
    metrics.value_max,
    metrics.unit,
    metrics.value_base,
    metrics.unit_base,
    metrics.qualifier,
    metrics.status,
    metrics.period_start,
    metrics.period_end,
    metrics.scope,
    metrics.written,
    metrics.sentence,
    metrics.section,
    newest.document_id,
    newest.title,
    newest.url,
    newest.published,
    newest.captured_at,
    metrics.span_start,
    metrics.span_end,
    metrics.payload_digest,
    metrics.rule,
    newest.office_key,
    try_cast(
        0.5 * 0.1 ** length(regexp_extract(metrics.written, '\d[.．](\d+)', 1))
        * coalesce(metrics.value_base::double / nullif(metrics.value, 0)::double, 1) as decimal(38, 10)
    ) as rounding
from newest
inner join core.documents as documents using (payload_digest)
inner join core.metrics as metrics using (payload_digest)
where documents.kind in ('article', 'file')
