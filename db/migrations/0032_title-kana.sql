-- How a title is read, in katakana: open data needs it. The titles of the published schedule have theirs.
alter table series add column title_kana text;
alter table session add column title_kana text;
update series set title_kana = case title_ja
  when 'テレワーク相談会' then 'テレワークソウダンカイ'
  when 'テレワーク無料相談会' then 'テレワークムリョウソウダンカイ'
  when 'オンライン相談会' then 'オンラインソウダンカイ'
  when '豊田市 テレワーク相談' then 'トヨタシ テレワークソウダン'
  when 'テレワークセミナー' then 'テレワークセミナー'
  when '働き方改革セミナー「『働く、が変わる』テレワーク」' then 'ハタラキカタカイカクセミナー ハタラク ガ カワル テレワーク'
end;
update session set title_kana = case title_ja
  when 'テレワーク相談会' then 'テレワークソウダンカイ'
  when 'テレワーク無料相談会' then 'テレワークムリョウソウダンカイ'
  when 'オンライン相談会' then 'オンラインソウダンカイ'
  when '豊田市 テレワーク相談' then 'トヨタシ テレワークソウダン'
  when 'テレワークセミナー' then 'テレワークセミナー'
  when '働き方改革セミナー「『働く、が変わる』テレワーク」' then 'ハタラキカタカイカクセミナー ハタラク ガ カワル テレワーク'
end;
