/** The form of a series: Wednesdays in Tsukuba from 25 November 2026, three slots of two people, five a day. */
export const seriesForm = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  kind: 'consultation',
  prefecture: '08',
  desk: 'mito',
  repeat: 'weekly',
  weekdays: ['WE'],
  nths: [],
  dates: '',
  starts_on: '2026-11-25',
  until: '',
  ...sessionForm(),
  title_ja: 'つくば相談会',
  slot_starts: '10:00 11:00 13:00',
  // The tests of a file begin several at the same time.
  beside: '担当が二人いるため',
  ...changes,
})

/** The form of a Friday in Mito, as `series()` of the fixtures makes it. */
export const sessionForm = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  title_ja: 'テレワーク無料相談会',
  title_en: 'Free telework consultation day',
  note_ja: '',
  note_en: '',
  venue: '',
  formats: ['onsite', 'online'],
  capacity: '5',
  acceptance: 'first_come',
  closes_shape: 'business_days',
  closes_count: '1',
  closes_at: '15:00',
  apply_name: '',
  apply_phone: '',
  apply_url: '',
  slot_starts: '10:00 11:00 13:00 14:00 15:00',
  slot_minutes: '50',
  slot_capacity: '2',
  starts: '',
  ends: '',
  ...changes,
})
