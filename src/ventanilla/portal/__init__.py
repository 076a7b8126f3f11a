"""The pages of the public: what can be asked for, the form, and where a request stands."""
