-- Every counted word: in how many of the N documents that have words it stands, and how much that tells of a document:
-- idf = ln((N + 1) / (documents_with_word + 0.5)). A word that all have comes to almost nothing.
select
    word,
    count(*) as documents_with_word,
    ln((any_value(corpus.documents) + 1) / (count(*) + 0.5))::decimal(9, 6) as idf
from mart.words
cross join (select count(*) as documents from mart.texts where words > 0) as corpus
group by word
