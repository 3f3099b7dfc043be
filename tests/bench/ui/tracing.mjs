// What Chromium's tracing says of a page while something is done: the work of its main thread.

/// @returns what `deed` gave, and {busy, longest, frames}: ms of all tasks, of the longest one,
/// and how many frames were drawn.
export async function traced(browser, page, deed) {
  const session = await browser.newBrowserCDPSession();
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  const over = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'], excludedCategories: ['*'] },
  });
  const mark = `bench-${Date.now()}`;
  await page.evaluate((name) => console.timeStamp(name), mark);
  const result = await deed();
  await session.send('Tracing.end');
  await over;
  await session.detach();
  // The thread that set the mark is the page's.
  const at = events.find(({ name, args }) => name === 'TimeStamp' && args?.data?.message === mark);
  const mine = events.filter(({ pid, tid, name }) => name === 'RunTask' && at && pid === at.pid && tid === at.tid);
  const tasks = mine.map(({ dur = 0 }) => dur / 1000);
  const frames = events.filter(({ name, pid }) => name === 'DrawFrame' && pid === at?.pid).length;
  return { result, busy: tasks.reduce((sum, ms) => sum + ms, 0), longest: Math.max(0, ...tasks), frames };
}
