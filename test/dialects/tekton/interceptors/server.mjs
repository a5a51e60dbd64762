/** An interceptor in Tekton's protocol, as somebody else would write it: `node server.mjs`, which says its port in its first line. */
import { createServer } from 'node:http';

const server = createServer((request, response) => {
  let text = '';
  request.on('data', (chunk) => {
    text += chunk;
  });
  request.on('end', () => {
    const { body, header, extensions, interceptor_params: params, context } = JSON.parse(text);
    const branch = JSON.parse(body).ref?.replace('refs/heads/', '');
    const isWanted = params.branches.includes(branch);
    response.setHeader('Content-Type', 'application/json');
    response.end(
      JSON.stringify(
        isWanted
          ? { continue: true, extensions: { branch, by: header['X-Pusher']?.[0], before: extensions, context } }
          : { continue: false, status: { code: 9, message: `branch ${branch} is not built` } },
      ),
    );
  });
});

server.listen(0, '127.0.0.1', () => console.log(server.address().port));
