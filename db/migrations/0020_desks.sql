-- The prefectures that a desk serves: codes separated by commas; empty for all of Japan. Its place in the list: 1 comes first,
-- null after all of them. When it ended. Two people who edit the same desk: the second is told.
alter table desk add column prefectures text not null default '';
alter table desk add column position integer;
alter table desk add column ended_at text;
alter table desk add column revision integer not null default 0;
update desk set prefectures = case
  when prefecture is not null then prefecture
  when region in ('hokkaido', '北海道') then '01'
  when region in ('tohoku', '東北') then '02,03,04,05,06,07'
  when region in ('kanto', '関東') then '08,09,10,11,12,13,14,19'
  when region in ('shinetsu', '信越') then '15,20'
  when region in ('hokuriku', '北陸') then '16,17,18'
  when region in ('tokai', '東海') then '21,22,23,24'
  when region in ('kinki', '近畿') then '25,26,27,28,29,30'
  when region in ('chugoku', '中国') then '31,32,33,34,35'
  when region in ('shikoku', '四国') then '36,37,38,39'
  when region in ('kyushu', '九州') then '40,41,42,43,44,45,46'
  when region in ('okinawa', '沖縄') then '47'
  else ''
end;
