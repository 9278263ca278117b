-- Growth that its own levels contradict: more than 20 points between what is told and what they come to.
select
    'warning' as level,
    document_id as subject,
    indicator || ' of ' || office || ' is ' || written || ' and grew ' || growth_written || '; against '
    || before_written || ' a year earlier (document ' || before_document_id || ') it grew '
    || growth_by_levels || '%; one of the three may be read or printed wrong' as message
from mart.indicator_panel
where indicator_id is not null and subject is null and abs(growth - growth_by_levels) > 20
