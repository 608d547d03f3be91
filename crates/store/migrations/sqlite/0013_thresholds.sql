-- From when on figures of queues call for attention.
create table threshold (
    place integer primary key not null,
    -- The figure's word, as in domain::figures::Watched.
    figure text not null,
    -- Null: of all queues that have none of their own.
    queue_id blob references queue on delete cascade,
    -- In the figure's unit; null: never.
    warning integer,
    critical integer
) strict;

create unique index threshold_of_queue on threshold (figure, queue_id) where queue_id is not null;
create unique index threshold_of_all on threshold (figure) where queue_id is null;
