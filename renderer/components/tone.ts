/** The colours a status may have. None speaks alone: an icon and a word stand beside it. */
export type Tone = 'good' | 'leak' | 'warning' | 'bad' | 'muted' | 'busy';
