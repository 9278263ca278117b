-- Which exceptions a site file made: private addresses, and what of the TLS of a host was accepted.

alter table raw.sites add column network json;
