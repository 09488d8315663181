/** The only key of the map that stands for `!include file.yaml`; its value is the file's name. */
export const includeKey = '$include';
