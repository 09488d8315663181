/** The likely circumstances of a run, and those that give the low and the high end of its range. */
export type Outlook = 'low' | 'likely' | 'high';
