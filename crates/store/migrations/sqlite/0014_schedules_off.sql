-- Why the server has switched a schedule off; null where it has not.
alter table report_schedule add column off_reason text;
