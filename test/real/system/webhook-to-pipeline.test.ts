import { startOnServers } from '../../contracts/stories/story.ts';
import { webhookToPipelineStory } from '../../contracts/stories/webhook-to-pipeline.ts';

webhookToPipelineStory('on a real nats-server and kube-apiserver', startOnServers);
