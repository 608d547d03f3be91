-- Mails that bring the reports of a fire, one for each address.
create table report_mail (
    mail_id blob primary key not null,
    fire_id blob not null references report_fire on delete cascade,
    address text not null,
    subject text not null,
    -- attachment or link.
    form text not null,
    -- waiting, sending, sent or failed.
    state text not null,
    -- Which try it is; only the newest one may settle it.
    attempt integer not null,
    -- When it is tried next, or taken for abandoned by the node that sends it.
    next_try_at integer not null,
    error_code text,
    -- What the mail server said.
    error_words text,
    sent_at integer,
    unique (fire_id, address)
) strict;
create index report_mail_due on report_mail (state, next_try_at);
