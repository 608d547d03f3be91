-- Facts: what is over, each counted in the interval of 30 minutes in which it was complete. They name queues
-- and users without foreign keys, as interactions do; an all-zero id stands for none.
create table queue_visit (
    interaction_id blob not null,
    no integer not null,
    queue_id blob not null,
    agent_id blob not null,
    entered_at integer not null,
    left_at integer not null,
    interval_at integer not null,
    outcome text not null,
    wait_ms integer not null,
    target_ms integer not null,
    short_ms integer not null,
    primary key (interaction_id, no)
) strict, without rowid;

create table handling (
    interaction_id blob not null,
    no integer not null,
    queue_id blob not null,
    agent_id blob not null,
    connected_at integer not null,
    completed_at integer not null,
    interval_at integer not null,
    talk_ms integer not null,
    hold_ms integer not null,
    wrap_up_ms integer not null,
    dialling_ms integer not null,
    contacting_ms integer not null,
    transfer text,
    primary key (interaction_id, no)
) strict, without rowid;

create table alert (
    offer_id blob primary key not null,
    interaction_id blob not null,
    queue_id blob not null,
    agent_id blob not null,
    offered_at integer not null,
    ended_at integer not null,
    interval_at integer not null,
    outcome text not null
) strict, without rowid;

create table consult_fact (
    consult_id blob primary key not null,
    interaction_id blob,
    queue_id blob not null,
    agent_id blob not null,
    asked_at integer not null,
    ended_at integer not null,
    interval_at integer not null,
    outcome text,
    attempt_count integer not null,
    expert_count integer not null,
    hold_ms integer not null
) strict, without rowid;

create table invitation_fact (
    consult_id blob not null,
    no integer not null,
    queue_id blob not null,
    agent_id blob not null,
    network text not null,
    expert_address text not null,
    expert_name text not null,
    asked_at integer not null,
    settled_at integer not null,
    replied_at integer,
    ended_at integer not null,
    interval_at integer not null,
    outcome text not null,
    target_ms integer not null,
    primary key (consult_id, no)
) strict, without rowid;

-- An agent's time in a state, cut where intervals end.
create table agent_stay (
    agent_id blob not null,
    from_at integer not null,
    to_at integer not null,
    interval_at integer not null,
    state text not null,
    primary key (agent_id, from_at)
) strict, without rowid;

-- Roll-ups: sums of the facts, kept in the transaction that keeps the facts. The columns are the fields of
-- the domain's totals.
create table queue_interval (
    interval_at integer not null,
    queue_id blob not null,
    offered integer not null default 0,
    answered integer not null default 0,
    answered_late integer not null default 0,
    abandoned integer not null default 0,
    abandoned_short integer not null default 0,
    flowed_out integer not null default 0,
    answered_wait_ms integer not null default 0,
    abandoned_wait_ms integer not null default 0,
    flowed_out_wait_ms integer not null default 0,
    handled integer not null default 0,
    with_talk integer not null default 0,
    talk_ms integer not null default 0,
    with_hold integer not null default 0,
    hold_ms integer not null default 0,
    with_wrap_up integer not null default 0,
    wrap_up_ms integer not null default 0,
    dialling_ms integer not null default 0,
    contacting_ms integer not null default 0,
    blind_transfers integer not null default 0,
    consult_transfers integer not null default 0,
    alerts integer not null default 0,
    alert_ms integer not null default 0,
    not_responding integer not null default 0,
    consults integer not null default 0,
    consults_solved integer not null default 0,
    consults_partly integer not null default 0,
    consults_not_solved integer not null default 0,
    first_expert_solved integer not null default 0,
    solved_attempts integer not null default 0,
    solution_ms integer not null default 0,
    experts integer not null default 0,
    consult_hold_ms integer not null default 0,
    invitations integer not null default 0,
    accepted integer not null default 0,
    accepted_in_time integer not null default 0,
    declined integer not null default 0,
    no_answer integer not null default 0,
    withdrawn integer not null default 0,
    withdrawn_early integer not null default 0,
    unreachable integer not null default 0,
    accept_ms integer not null default 0,
    replied integer not null default 0,
    reply_ms integer not null default 0,
    primary key (interval_at, queue_id)
) strict, without rowid;

create table agent_interval (
    interval_at integer not null,
    agent_id blob not null,
    queue_id blob not null,
    offered integer not null default 0,
    answered integer not null default 0,
    answered_late integer not null default 0,
    abandoned integer not null default 0,
    abandoned_short integer not null default 0,
    flowed_out integer not null default 0,
    answered_wait_ms integer not null default 0,
    abandoned_wait_ms integer not null default 0,
    flowed_out_wait_ms integer not null default 0,
    handled integer not null default 0,
    with_talk integer not null default 0,
    talk_ms integer not null default 0,
    with_hold integer not null default 0,
    hold_ms integer not null default 0,
    with_wrap_up integer not null default 0,
    wrap_up_ms integer not null default 0,
    dialling_ms integer not null default 0,
    contacting_ms integer not null default 0,
    blind_transfers integer not null default 0,
    consult_transfers integer not null default 0,
    alerts integer not null default 0,
    alert_ms integer not null default 0,
    not_responding integer not null default 0,
    consults integer not null default 0,
    consults_solved integer not null default 0,
    consults_partly integer not null default 0,
    consults_not_solved integer not null default 0,
    first_expert_solved integer not null default 0,
    solved_attempts integer not null default 0,
    solution_ms integer not null default 0,
    experts integer not null default 0,
    consult_hold_ms integer not null default 0,
    invitations integer not null default 0,
    accepted integer not null default 0,
    accepted_in_time integer not null default 0,
    declined integer not null default 0,
    no_answer integer not null default 0,
    withdrawn integer not null default 0,
    withdrawn_early integer not null default 0,
    unreachable integer not null default 0,
    accept_ms integer not null default 0,
    replied integer not null default 0,
    reply_ms integer not null default 0,
    primary key (interval_at, agent_id, queue_id)
) strict, without rowid;

create table agent_state_interval (
    interval_at integer not null,
    agent_id blob not null,
    state text not null,
    ms integer not null,
    primary key (interval_at, agent_id, state)
) strict, without rowid;
