-- What agents choose for themselves; who has no row has the deployment's defaults.
create table agent_choice (
    user_id blob primary key not null references user_account on delete cascade,
    incoming text,
    shows_calls integer not null
) strict;

-- An expert's message as safe HTML, beside its plain text.
alter table message add column html text;
