-- A member whom a supervisor has set aside stays a member and is offered nothing from this queue.
alter table queue_member add column active boolean not null default true;
