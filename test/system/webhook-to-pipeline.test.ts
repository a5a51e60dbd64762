import { startLocally } from '../contracts/stories/story.ts';
import { webhookToPipelineStory } from '../contracts/stories/webhook-to-pipeline.ts';

webhookToPipelineStory('on the embedded bus and the local API', startLocally);
