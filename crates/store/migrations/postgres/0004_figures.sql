-- Facts: what is over, each counted in the interval of 30 minutes in which it was complete. They name queues
-- and users without foreign keys, as interactions do; an all-zero id stands for none.
create table queue_visit (
    interaction_id uuid not null,
    no bigint not null,
    queue_id uuid not null,
    agent_id uuid not null,
    entered_at bigint not null,
    left_at bigint not null,
    interval_at bigint not null,
    outcome text not null,
    wait_ms bigint not null,
    target_ms bigint not null,
    short_ms bigint not null,
    primary key (interaction_id, no)
);

create table handling (
    interaction_id uuid not null,
    no bigint not null,
    queue_id uuid not null,
    agent_id uuid not null,
    connected_at bigint not null,
    completed_at bigint not null,
    interval_at bigint not null,
    talk_ms bigint not null,
    hold_ms bigint not null,
    wrap_up_ms bigint not null,
    dialling_ms bigint not null,
    contacting_ms bigint not null,
    transfer text,
    primary key (interaction_id, no)
);

create table alert (
    offer_id uuid primary key not null,
    interaction_id uuid not null,
    queue_id uuid not null,
    agent_id uuid not null,
    offered_at bigint not null,
    ended_at bigint not null,
    interval_at bigint not null,
    outcome text not null
);

create table consult_fact (
    consult_id uuid primary key not null,
    interaction_id uuid,
    queue_id uuid not null,
    agent_id uuid not null,
    asked_at bigint not null,
    ended_at bigint not null,
    interval_at bigint not null,
    outcome text,
    attempt_count bigint not null,
    expert_count bigint not null,
    hold_ms bigint not null
);

create table invitation_fact (
    consult_id uuid not null,
    no bigint not null,
    queue_id uuid not null,
    agent_id uuid not null,
    network text not null,
    expert_address text not null,
    expert_name text not null,
    asked_at bigint not null,
    settled_at bigint not null,
    replied_at bigint,
    ended_at bigint not null,
    interval_at bigint not null,
    outcome text not null,
    target_ms bigint not null,
    primary key (consult_id, no)
);

-- An agent's time in a state, cut where intervals end.
create table agent_stay (
    agent_id uuid not null,
    from_at bigint not null,
    to_at bigint not null,
    interval_at bigint not null,
    state text not null,
    primary key (agent_id, from_at)
);

-- Roll-ups: sums of the facts, kept in the transaction that keeps the facts. The columns are the fields of
-- the domain's totals.
create table queue_interval (
    interval_at bigint not null,
    queue_id uuid not null,
    offered bigint not null default 0,
    answered bigint not null default 0,
    answered_late bigint not null default 0,
    abandoned bigint not null default 0,
    abandoned_short bigint not null default 0,
    flowed_out bigint not null default 0,
    answered_wait_ms bigint not null default 0,
    abandoned_wait_ms bigint not null default 0,
    flowed_out_wait_ms bigint not null default 0,
    handled bigint not null default 0,
    with_talk bigint not null default 0,
    talk_ms bigint not null default 0,
    with_hold bigint not null default 0,
    hold_ms bigint not null default 0,
    with_wrap_up bigint not null default 0,
    wrap_up_ms bigint not null default 0,
    dialling_ms bigint not null default 0,
    contacting_ms bigint not null default 0,
    blind_transfers bigint not null default 0,
    consult_transfers bigint not null default 0,
    alerts bigint not null default 0,
    alert_ms bigint not null default 0,
    not_responding bigint not null default 0,
    consults bigint not null default 0,
    consults_solved bigint not null default 0,
    consults_partly bigint not null default 0,
    consults_not_solved bigint not null default 0,
    first_expert_solved bigint not null default 0,
    solved_attempts bigint not null default 0,
    solution_ms bigint not null default 0,
    experts bigint not null default 0,
    consult_hold_ms bigint not null default 0,
    invitations bigint not null default 0,
    accepted bigint not null default 0,
    accepted_in_time bigint not null default 0,
    declined bigint not null default 0,
    no_answer bigint not null default 0,
    withdrawn bigint not null default 0,
    withdrawn_early bigint not null default 0,
    unreachable bigint not null default 0,
    accept_ms bigint not null default 0,
    replied bigint not null default 0,
    reply_ms bigint not null default 0,
    primary key (interval_at, queue_id)
);

create table agent_interval (
    interval_at bigint not null,
    agent_id uuid not null,
    queue_id uuid not null,
    offered bigint not null default 0,
    answered bigint not null default 0,
    answered_late bigint not null default 0,
    abandoned bigint not null default 0,
    abandoned_short bigint not null default 0,
    flowed_out bigint not null default 0,
    answered_wait_ms bigint not null default 0,
    abandoned_wait_ms bigint not null default 0,
    flowed_out_wait_ms bigint not null default 0,
    handled bigint not null default 0,
    with_talk bigint not null default 0,
    talk_ms bigint not null default 0,
    with_hold bigint not null default 0,
    hold_ms bigint not null default 0,
    with_wrap_up bigint not null default 0,
    wrap_up_ms bigint not null default 0,
    dialling_ms bigint not null default 0,
    contacting_ms bigint not null default 0,
    blind_transfers bigint not null default 0,
    consult_transfers bigint not null default 0,
    alerts bigint not null default 0,
    alert_ms bigint not null default 0,
    not_responding bigint not null default 0,
    consults bigint not null default 0,
    consults_solved bigint not null default 0,
    consults_partly bigint not null default 0,
    consults_not_solved bigint not null default 0,
    first_expert_solved bigint not null default 0,
    solved_attempts bigint not null default 0,
    solution_ms bigint not null default 0,
    experts bigint not null default 0,
    consult_hold_ms bigint not null default 0,
    invitations bigint not null default 0,
    accepted bigint not null default 0,
    accepted_in_time bigint not null default 0,
    declined bigint not null default 0,
    no_answer bigint not null default 0,
    withdrawn bigint not null default 0,
    withdrawn_early bigint not null default 0,
    unreachable bigint not null default 0,
    accept_ms bigint not null default 0,
    replied bigint not null default 0,
    reply_ms bigint not null default 0,
    primary key (interval_at, agent_id, queue_id)
);

create table agent_state_interval (
    interval_at bigint not null,
    agent_id uuid not null,
    state text not null,
    ms bigint not null,
    primary key (interval_at, agent_id, state)
);
