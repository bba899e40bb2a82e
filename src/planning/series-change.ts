/** The reason of sessions whose date left their series. */
export const REVISED = { reason_ja: '日程の見直し', reason_en: 'Schedule revised' }
