-- 计划目标到期后是否完成
-- Which plan targets were met when their period was over
-- $office = % -- 机构名称，% 代表任意文字 | office, % stands for anything
select
    office, indicator, subject, measure, period_start, period_end, met, written as target, value as target_value,
    unit as target_unit, outcome_written as outcome, outcome_value, outcome_unit, outcome_status, sentence, outcome_sentence,
    title, outcome_title, url, outcome_url, document_id, span_start, span_end,
    outcome_document_id, outcome_span_start, outcome_span_end
from mart.targets
where office like $office and met is not null
order by period_end desc, office, indicator, document_id, span_start
limit 500
