-- What the extractor read, by payload. Everything here can be dropped and read again from the archive.
-- core.indicators is seeds/indicators.toml as it was at the last load.
-- No keys and indexes: rows are replaced by payload, and uniqueness is kept by the loader and by a check.

create schema core;

create table core.documents (
    payload_digest varchar not null,
    extractor_version varchar not null,
    metrics_version varchar not null,
    kind varchar not null,
    title varchar,
    published_on date,
    issued_on date,
    document_number varchar,
    index_number varchar,
    publisher varchar,
    source varchar,
    body varchar not null,
    text_digest varchar not null,
    sketch struct(minima uinteger[], numbers uinteger[], names uinteger[], titled uinteger[]),
    words struct(word varchar, occurrences integer, span_start integer)[],
    attachments struct(name varchar, url varchar, "type" varchar)[],
    warnings varchar[],
    site_region varchar,
    site_name varchar,
    office varchar,
    district varchar,
    district_code varchar
);

create table core.metrics (
    payload_digest varchar not null,
    extractor_version varchar not null,
    span_start integer not null,
    span_end integer not null,
    written varchar not null,
    sentence varchar,
    section varchar[],
    indicator varchar,
    indicator_id varchar,
    subject varchar,
    measure varchar,
    value decimal(38, 10) not null,
    value_max decimal(38, 10),
    unit varchar,
    value_base decimal(38, 10),
    unit_base varchar,
    qualifier varchar,
    status varchar,
    period_start date,
    period_end date,
    scope varchar,
    rule varchar
);

create table core.tables (
    payload_digest varchar not null,
    extractor_version varchar not null,
    table_no integer not null,
    row_no integer not null,
    column_no integer not null,
    "text" varchar,
    row_head varchar,
    column_head varchar
);

create table core.indicators (
    indicator_id varchar not null,
    name varchar not null,
    spellings varchar[] not null,
    unit_base varchar not null,
    minimum decimal(38, 10),
    maximum decimal(38, 10),
    better varchar
);
