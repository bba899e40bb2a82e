/** Why a session is skipped whose date its series no longer has. */
export const REVISED = { reason_ja: '日程の見直し', reason_en: 'Schedule revised' }
