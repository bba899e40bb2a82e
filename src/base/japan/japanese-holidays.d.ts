declare module 'japanese-holidays' {
  const JapaneseHolidays: {
    /** The Japanese name of the holiday at this moment, or undefined. Substitute holidays are included. */
    isHolidayAt(moment: Date): string | undefined
  }
  export default JapaneseHolidays
}
