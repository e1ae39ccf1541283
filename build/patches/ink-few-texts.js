/** Ink keeps thousands of the texts it drew, boxes of many lines among them; a frame asks for those of the last few frames. */
export const fewTextsKept = {
  name: 'few-texts-kept',
  transform(code, id) {
    if (!/[\\/]ink[\\/]build[\\/](?:measure|wrap)-text\.js$/.test(id)) return null;
    if (!code.includes('maxSize: 4096')) throw new Error('ink keeps texts in another way');
    return code.replace('maxSize: 4096', 'maxSize: 128');
  },
};
