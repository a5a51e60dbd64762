import { imageToPipelineStory } from '../../contracts/stories/image-to-pipeline.ts';
import { startOnServers } from '../../contracts/stories/story.ts';

imageToPipelineStory('on a real nats-server and kube-apiserver', startOnServers);
