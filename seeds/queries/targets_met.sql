-- 计划目标到期后是否达到
-- Which plan targets were met when their period was over
-- $office = % -- 机构，可用 % | office, % stands for anything
select
    office, indicator, measure, period_end, met, written as target, outcome_written as outcome, outcome_status,
    sentence, outcome_sentence, url, outcome_url, document_id, span_start, span_end,
    outcome_document_id, outcome_span_start, outcome_span_end
from mart.targets
where office like $office and met is not null
order by period_end desc, office, indicator, document_id, span_start
limit 500
