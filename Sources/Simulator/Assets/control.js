// @ts-check
// The simulator's routes by which a developer changes the made-up clinic.

/**
 * Posts a form to one of these routes.
 * @param {string} path
 * @param {Record<string, string> | URLSearchParams} fields
 * @returns {Promise<{status: number, content: any, problem: string}>} `problem` is for the developer, and
 *   empty on success; status 0 means no answer
 */
export async function control(path, fields) {
  let answer;
  try {
    answer = await fetch(path, { method: 'POST', body: new URLSearchParams(fields) });
  } catch {
    return { status: 0, content: {}, problem: 'The simulator does not answer' };
  }
  const content = await answer.json().catch(() => ({}));
  const problem = answer.ok ? '' : content.detail ?? `The simulator answered ${answer.status}`;
  return { status: answer.status, content, problem };
}
