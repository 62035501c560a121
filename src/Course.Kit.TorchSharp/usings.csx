using TorchSharp;
using RelativeEntropy.Tensors;
using static RelativeEntropy.Tensors.TorchDistributions;
using Tensor = TorchSharp.torch.Tensor;
TorchRuntime.Load();
