-- What the run files say, one row a line. Times are UTC. `line` counts from 1 in the run's file.

create table raw.sites (
    run_id varchar not null,
    line bigint not null,
    key varchar not null,
    name varchar,
    region varchar,
    base_url varchar,
    hosts varchar[],
    platform varchar,
    schedule varchar,
    "columns" json,
    politeness json,
    expect json,
    profile json,
    primary key (run_id, line)
);

create table raw.entries (
    run_id varchar not null,
    line bigint not null,
    site varchar not null,
    "column" varchar,
    url varchar not null,
    fetch_url varchar not null,
    title varchar,
    published_on date,
    listing_url varchar,
    meta json,
    primary key (run_id, line)
);

create table raw.captures (
    run_id varchar not null,
    line bigint not null,
    site varchar not null,
    url varchar not null,
    final_url varchar,
    fetched_at timestamp not null,
    outcome varchar not null,
    status integer,
    content_type varchar,
    etag varchar,
    last_modified varchar,
    payload_digest varchar,
    wire_digest varchar,
    length bigint,
    warc varchar,
    "offset" bigint,
    revisit boolean,
    purpose varchar not null,
    primary key (run_id, line)
);

create table raw.issues (
    run_id varchar not null,
    line bigint not null,
    site varchar,
    level varchar not null,
    code varchar not null,
    url varchar,
    message varchar,
    data json,
    primary key (run_id, line)
);

-- A run that crashed has a row too: complete is false and finished_at is null.
create table raw.runs (
    run_id varchar not null primary key,
    site varchar,
    started_at timestamp,
    finished_at timestamp,
    complete boolean not null,
    expected bigint,
    entries bigint,
    counts json
);
