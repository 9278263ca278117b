-- 公布的增速与按绝对数推算的增速相差多少
-- Where the growth that is told and the one that the levels come to lie apart
-- $points = 5 -- 相差的百分点 | percentage points
select
    office, indicator, period_start, period_end, growth as growth_percent, growth_by_levels as growth_percent_by_levels,
    growth - growth_by_levels as points_apart, written, before_written, growth_written, value_base, before_value_base, unit_base,
    sentence, url, document_id, span_start, span_end, growth_url, growth_document_id, growth_span_start, growth_span_end,
    before_url, before_document_id, before_span_start, before_span_end
from mart.indicator_panel
where indicator_id is not null and subject is null and abs(growth - growth_by_levels) >= $points::double
order by abs(growth - growth_by_levels) desc, office, indicator, period_end
limit 200
